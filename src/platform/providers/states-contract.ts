// States of a connection, known to the server and to the screens.
export const CONNECTION_STATES = ['new', 'works', 'fails', 'off'] as const;
export type ConnectionState = (typeof CONNECTION_STATES)[number];
