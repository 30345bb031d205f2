// A real SMTP server in this process, with a certificate of its own, that takes, refuses or breaks off as a test wants.
import type { AddressInfo, Socket } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export interface SmtpHost {
  port: number;
  /** what was taken in whole, in order */
  taken: { to: string; secure: boolean; mail: ParsedMail }[];
  behave: { busy: boolean; dropAfterBody: boolean };
  reset(): void;
  stop(): Promise<void>;
}

const fault = (code: number, text: string): Error => Object.assign(new Error(text), { responseCode: code });

/** `nobody@…` is refused for good, `busy@…` for now. */
export async function startSmtp(
  options: { user?: string; password?: string; without?: 'STARTTLS' } = {},
): Promise<SmtpHost> {
  const host = { port: 0, taken: [] as SmtpHost['taken'], behave: { busy: true, dropAfterBody: false } };
  const server = new SMTPServer({
    authOptional: options.user === undefined,
    authMethods: ['PLAIN', 'LOGIN'],
    disabledCommands: [...(options.user === undefined ? ['AUTH'] : []), ...(options.without ? [options.without] : [])],
    onAuth: (auth, _session, done) =>
      auth.username === options.user && auth.password === options.password
        ? done(null, { user: auth.username })
        : done(fault(535, '5.7.8 The name or the password is wrong')),
    onRcptTo: ({ address }, _session, done) => {
      if (address.startsWith('nobody@')) return done(fault(550, '5.1.1 No such person'));
      if (address.startsWith('busy@') && host.behave.busy) return done(fault(451, '4.7.1 Try again later'));
      done();
    },
    onData: (stream, session, done) => {
      simpleParser(stream).then((mail) => {
        host.taken.push({ to: session.envelope.rcptTo[0]!.address, secure: session.secure, mail });
        if (!host.behave.dropAfterBody) return done();
        for (const one of (server as unknown as { connections: Set<{ _socket: Socket }> }).connections)
          one._socket.destroy();
      }, done);
    },
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  host.port = (server.server.address() as AddressInfo).port;
  return {
    ...host,
    get port() {
      return host.port;
    },
    reset: () => {
      host.taken.length = 0;
      host.behave.busy = true;
      host.behave.dropAfterBody = false;
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
