// Drives imports over HTTP as the screen does, for tests of the whole path.
import { setTimeout as sleep } from 'node:timers/promises';
import type { ImportView, LookedAt } from '../../src/platform/imports/contract.ts';
import type { Mapping } from '../../src/platform/imports/settings-contract.ts';

type Answer = { ok: boolean; status: number; json(): Promise<unknown>; text(): Promise<string> };
export type Send = (
  url: string,
  init: { method: string; headers: Record<string, string>; body?: string | Uint8Array<ArrayBuffer> },
) => Promise<Answer>;

export class ImportDriver {
  readonly #send: Send;
  readonly #url: string;
  readonly #workspace: string;
  readonly #cookie: string;

  constructor(of: { send: Send; url: string; workspace: string; cookie: string }) {
    this.#send = of.send;
    this.#url = of.url;
    this.#workspace = of.workspace;
    this.#cookie = of.cookie;
  }

  call(method: string, path: string, body?: object): Promise<Answer> {
    return this.#send(`${this.#url}/api/v1/workspaces/${this.#workspace}${path}`, {
      method,
      headers: { cookie: this.#cookie, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  }

  async ask<T>(method: string, path: string, body?: object): Promise<T> {
    const answer = await this.call(method, path, body);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }

  async upload(name: string, bytes: Buffer): Promise<string> {
    const { upload } = await this.ask<{ upload: string }>('POST', '/uploads', { name, size: bytes.length });
    const piece = 4_000_000;
    for (let offset = 0; offset < bytes.length; offset += piece)
      await this.#send(`${this.#url}/api/v1/workspaces/${this.#workspace}/uploads/${upload}/bytes?offset=${offset}`, {
        method: 'PUT',
        headers: { cookie: this.#cookie, 'content-type': 'application/octet-stream' },
        body: new Uint8Array(bytes.subarray(offset, offset + piece)),
      });
    return (await this.ask<{ id: string }>('POST', `/uploads/${upload}/finish`, {})).id;
  }

  async open(kind: string, name: string, text: string | Buffer): Promise<LookedAt> {
    const file = await this.upload(name, Buffer.from(text));
    return this.ask<LookedAt>('POST', '/imports', { kind, file });
  }

  get = (id: string): Promise<ImportView> => this.ask<ImportView>('GET', `/imports/${id}`);

  check(looked: LookedAt, of: { source?: string; mapping?: Mapping } = {}): Promise<ImportView> {
    const { id, source, settings } = looked.import;
    const mapping = { ...settings.mapping, ...of.mapping };
    return this.ask('POST', `/imports/${id}/check`, {
      source: of.source ?? source,
      settings: { ...settings, mapping },
    });
  }

  start = (id: string): Promise<ImportView> => this.ask('POST', `/imports/${id}/start`, {});
  undo = (id: string): Promise<ImportView> => this.ask('POST', `/imports/${id}/undo`, {});

  /** Waits until nothing works on it any more. */
  async ended(id: string, seconds = 60): Promise<ImportView> {
    for (let i = 0; i < seconds * 20; i++) {
      const found = await this.get(id);
      if (found.run === null || !['waiting', 'running'].includes(found.run.state)) return found;
      await sleep(50);
    }
    throw new Error('the import does not end');
  }

  /** From the file to the end, each step waited for. */
  async whole(
    kind: string,
    name: string,
    text: string | Buffer,
    of: { source?: string; mapping?: Mapping } = {},
  ): Promise<{ looked: LookedAt; checked: ImportView; done: ImportView }> {
    const looked = await this.open(kind, name, text);
    await this.check(looked, of);
    const checked = await this.ended(looked.import.id);
    await this.start(checked.id);
    return { looked, checked, done: await this.ended(checked.id) };
  }
}
