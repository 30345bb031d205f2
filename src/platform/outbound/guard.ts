// Resolves a name and lets through only addresses a call may reach; the connection then goes to the very address that was checked.
import { lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction, connect as netConnect, type Socket } from 'node:net';
import { buildConnector } from 'undici';
import { type AllowList, isPublicAddress } from './addresses.ts';
import { OutboundError } from './errors.ts';

export interface Address {
  address: string;
  family: number;
}
export type Resolve = (host: string) => Promise<Address[]>;

const systemResolve: Resolve = (host) =>
  new Promise((resolve, reject) => {
    systemLookup(host, { all: true, verbatim: true }, (error, found) => (error ? reject(error) : resolve(found)));
  });

const bare = (host: string): string => host.replace(/^\[|\]$/g, '').replace(/\.$/, '');

const refusal = (host: string, address: string): OutboundError =>
  new OutboundError(
    'forbidden-address',
    `${host} is not on the public internet (${address}). Whoever runs Tradewind can allow it with TRADEWIND_ALLOW_HOSTS=${host}.`,
  );

export class AddressGuard {
  readonly #allow: AllowList;
  readonly #resolve: Resolve;
  constructor(allow: AllowList, resolve: Resolve = systemResolve) {
    this.#allow = allow;
    this.#resolve = resolve;
  }

  #may(host: string, address: string): boolean {
    return isPublicAddress(address) || this.#allow.host(host) || this.#allow.address(address);
  }

  /** Addresses of the host that may be reached. Throws OutboundError when there is none. */
  async addresses(name: string): Promise<Address[]> {
    const host = bare(name);
    const family = isIP(host);
    const found = family ? [{ address: host, family }] : await this.#lookUp(host);
    const open = found.filter(({ address }) => this.#may(host, address));
    if (open.length === 0) throw refusal(host, found[0]!.address);
    return open;
  }

  async #lookUp(host: string): Promise<Address[]> {
    const found = await this.#resolve(host).catch((cause: unknown) => {
      throw new OutboundError('unreachable', `There is no host ${host}, or the name service doesn't answer.`, {
        cause,
      });
    });
    if (found.length === 0) throw new OutboundError('unreachable', `There is no host ${host}.`);
    return found;
  }

  /** For sockets: only what was checked is connected to. */
  readonly lookup: LookupFunction = (host, options, done) => {
    this.addresses(host).then(
      (open) => {
        const wanted =
          options.family === 4 || options.family === 6 ? open.filter((one) => one.family === options.family) : open;
        const usable = wanted.length > 0 ? wanted : open;
        if (options.all) done(null, usable);
        else done(null, usable[0]!.address, usable[0]!.family);
      },
      (error: NodeJS.ErrnoException) => done(error, '', 0),
    );
  };

  /** undici's connector with the check before (an address in the URL is never looked up) and after connecting. */
  connector(timeoutMs: number): buildConnector.connector {
    const connect = buildConnector({ lookup: this.lookup, timeout: timeoutMs } as buildConnector.BuildOptions);
    return (options, done) => {
      const host = bare(options.hostname);
      const go = () =>
        connect(options, (error, socket) => {
          if (error) return done(error, null);
          const reached = socket.remoteAddress ?? '';
          if (this.#may(host, reached)) return done(null, socket);
          socket.destroy();
          done(refusal(host, reached), null);
        });
      if (isIP(host) === 0) return go();
      if (this.#may(host, host)) return go();
      done(refusal(host, host), null);
    };
  }

  /** A plain socket for protocols other than HTTP, like SMTP. */
  async openSocket(name: string, port: number, timeoutMs: number): Promise<Socket> {
    const host = bare(name);
    await this.addresses(host);
    return new Promise((resolve, reject) => {
      const socket = netConnect({ host, port, lookup: this.lookup });
      const fail = (error: Error): void => {
        socket.destroy();
        reject(
          error instanceof OutboundError
            ? error
            : new OutboundError('unreachable', `${host}:${port} can't be reached (${describe(error)}).`, {
                cause: error,
              }),
        );
      };
      socket.setTimeout(timeoutMs, () => fail(new Error(`no answer in ${Math.round(timeoutMs / 1000)} s`)));
      socket.once('error', fail);
      socket.once('connect', () => {
        socket.setTimeout(0);
        socket.off('error', fail);
        if (this.#may(host, socket.remoteAddress ?? '')) resolve(socket);
        else fail(refusal(host, socket.remoteAddress ?? ''));
      });
    });
  }
}

/** Several addresses were tried: each has an error of its own. */
export const describe = (error: Error): string =>
  error instanceof AggregateError && error.errors.length > 0
    ? [...new Set(error.errors.map((one) => (one as Error).message))].join('; ')
    : error.message;
