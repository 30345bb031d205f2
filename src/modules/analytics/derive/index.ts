// Everything that is derived from the raw words of an event: pure, synchronous, cached, so that an
// import of millions of lines and a live event give the same answer.

/** Goes up when a rule changes, so that stored derivations can be rebuilt. */
export const DERIVATION_VERSION: number = 1;

export { CHANNELS, type Channel, type ChannelInput, channelOf } from './channel.ts';
export { type Client, deriveClient } from './client.ts';
export { deriveCountry } from './country.ts';
export { type Page, parsePage } from './page.ts';
export { deriveSource, type Source } from './source.ts';
