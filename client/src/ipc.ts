import {
  AbstractMessageReader,
  AbstractMessageWriter,
  type DataCallback,
  type Disposable,
  type Message,
  type MessageReader,
  type MessageTransports,
  type MessageWriter,
} from 'vscode-languageclient/browser';

/** A process that messages can be sent to and come from, as Node makes it; the other hosts know none. */
interface Peer {
  on(event: 'message', listener: (message: Message) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  off(event: 'message', listener: (message: Message) => void): unknown;
  send(message: Message, sent: (error: Error | null) => void): unknown;
}

/** The two ways between this process and the server's. */
export function ipcTransports(peer: Peer): MessageTransports {
  return { reader: new IpcReader(peer), writer: new IpcWriter(peer) };
}

class IpcReader extends AbstractMessageReader implements MessageReader {
  readonly #peer: Peer;

  constructor(peer: Peer) {
    super();
    this.#peer = peer;
    peer.on('error', (error) => this.fireError(error));
    peer.on('close', () => this.fireClose());
  }

  listen(callback: DataCallback): Disposable {
    this.#peer.on('message', callback);
    return { dispose: () => void this.#peer.off('message', callback) };
  }
}

class IpcWriter extends AbstractMessageWriter implements MessageWriter {
  readonly #peer: Peer;
  #failures = 0;

  constructor(peer: Peer) {
    super();
    this.#peer = peer;
    peer.on('error', (error) => this.fireError(error));
    peer.on('close', () => this.fireClose());
  }

  async write(message: Message): Promise<void> {
    this.#peer.send(message, (error) => {
      this.#failures = error === null ? 0 : this.#failures + 1;
      if (error !== null) this.fireError(error, message, this.#failures);
    });
  }

  end(): void {}
}
