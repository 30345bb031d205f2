// COPY of PostgreSQL as streams: rows leave and come exactly as PostgreSQL writes them, at the pace of whoever reads.
import { once } from 'node:events';
import { type Duplex, Readable } from 'node:stream';
import type pg from 'pg';

/** The parts of a connection of `pg` that a query of one's own may use. */
interface Connection {
  stream: Duplex;
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(message: string): void;
}

class CopyOut extends Readable {
  readonly #text: string;
  #connection: Connection | undefined;
  constructor(text: string) {
    super({ objectMode: true, highWaterMark: 1000 });
    this.#text = text;
  }
  submit(connection: Connection): void {
    this.#connection = connection;
    connection.query(this.#text);
  }
  override _read(): void {
    this.#connection?.stream.resume();
  }
  handleCopyData({ chunk }: { chunk: Buffer }): void {
    // the parser uses its buffer again
    if (!this.push(Buffer.from(chunk))) this.#connection?.stream.pause();
  }
  handleError(error: Error): void {
    this.#connection?.stream.resume();
    this.destroy(error);
  }
  handleReadyForQuery(): void {
    if (!this.destroyed) this.push(null);
  }
  handleCommandComplete(): void {}
  handleRowDescription(): void {}
  handleDataRow(): void {}
  handleEmptyQuery(): void {}
}

/** `text` is COPY … TO STDOUT. Each chunk is one row; the stream must be read to its end before the client is used again. */
export function copyOut(client: pg.ClientBase, text: string): Readable {
  const copy = new CopyOut(text);
  client.query(copy as unknown as pg.Submittable);
  return copy;
}

class CopyIn {
  readonly #text: string;
  readonly #rows: AsyncIterable<Buffer>;
  readonly done: Promise<void>;
  #resolve = (): void => {};
  #reject: (error: Error) => void = () => {};
  #error: Error | undefined;
  constructor(text: string, rows: AsyncIterable<Buffer>) {
    this.#text = text;
    this.#rows = rows;
    this.done = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }
  submit(connection: Connection): void {
    connection.query(this.#text);
  }
  handleCopyInResponse(connection: Connection): void {
    void this.#send(connection);
  }
  async #send(connection: Connection): Promise<void> {
    try {
      for await (const chunk of this.#rows) {
        if (this.#error) return;
        connection.sendCopyFromChunk(chunk);
        if (connection.stream.writableNeedDrain)
          await Promise.race([once(connection.stream, 'drain'), once(connection.stream, 'close')]);
      }
      if (!this.#error) connection.endCopyFrom();
    } catch (error) {
      this.#error ??= error as Error;
      connection.sendCopyFail((error as Error).message.slice(0, 200));
    }
  }
  handleError(error: Error): void {
    this.#error ??= error;
    // a lost connection is never ready again
    if (!('severity' in error)) this.#reject(this.#error);
  }
  handleReadyForQuery(): void {
    if (this.#error) this.#reject(this.#error);
    else this.#resolve();
  }
  handleCommandComplete(): void {}
  handleRowDescription(): void {}
  handleDataRow(): void {}
  handleEmptyQuery(): void {}
}

/** `text` is COPY … FROM STDIN; chunks may begin and end anywhere in a row. */
export function copyIn(client: pg.ClientBase, text: string, rows: AsyncIterable<Buffer>): Promise<void> {
  const copy = new CopyIn(text, rows);
  client.query(copy as unknown as pg.Submittable);
  return copy.done;
}
