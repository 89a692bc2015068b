import { type Arrival, PortTransport } from './port-transport';
import { readingLittle } from './small-reads';
import { SocketPeer } from './socket-peer';

/** Plain TCP, for telnet and nc. */
export class TcpTransport extends PortTransport {
  readonly name = 'tcp';
  protected readonly portOption = '--port';

  protected receive(arrival: Arrival): void {
    this.deliver(
      new SocketPeer(
        { ...arrival, socket: readingLittle(arrival.socket) },
        { transport: this.name, isEncrypted: false },
      ),
    );
  }
}
