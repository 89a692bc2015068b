import { type Arrival, PortTransport } from './port-transport';
import { SocketPeer } from './socket-peer';

/** Plain TCP, for telnet and nc. */
export class TcpTransport extends PortTransport {
  readonly name = 'tcp';
  protected readonly portOption = '--port';

  protected receive(arrival: Arrival): void {
    this.deliver(new SocketPeer(arrival, { transport: this.name, isEncrypted: false }));
  }
}
