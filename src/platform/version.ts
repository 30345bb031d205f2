// The version of the program, as the API, archives and metrics tell it.
export const VERSION = '0.1.0';
