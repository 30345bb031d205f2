// Why a call out did not come to an answer, in words for the person who set the connection up.
export type OutboundFault =
  | 'bad-address'
  | 'forbidden-address'
  | 'unreachable'
  | 'too-slow'
  | 'too-large'
  | 'too-many-redirects'
  | 'bad-answer';

export class OutboundError extends Error {
  override name = 'OutboundError';
  readonly fault: OutboundFault;
  constructor(fault: OutboundFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.fault = fault;
  }
}
