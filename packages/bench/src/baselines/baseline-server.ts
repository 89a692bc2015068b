import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { texts } from '@chat-server/protocol';

/** Someone connected to a baseline. */
export interface Member {
  readonly name: string;
  readonly socket: Socket;
}

/** How a baseline tells the members of a room; this is all in which the baselines differ. */
export interface BaselineRoom {
  readonly members: Set<Member>;
  /** Takes in `member` and tells `line` to every member, `member` included. */
  join(member: Member, line: string): void;
  /** Tells `line` to every member but `author`. */
  say(author: Member, line: string): void;
}

/** A baseline that listens. */
export interface RunningBaseline {
  readonly port: number;
  close(): Promise<void>;
}

interface Session {
  member: Member | undefined;
  room: BaselineRoom | undefined;
}

class Baseline {
  readonly #members = new Map<string, Member>();
  readonly #rooms = new Map<string, BaselineRoom>();
  readonly #makeRoom: () => BaselineRoom;

  constructor(makeRoom: () => BaselineRoom) {
    this.#makeRoom = makeRoom;
  }

  serve(socket: Socket): void {
    const session: Session = { member: undefined, room: undefined };
    let rest = '';
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString('latin1')).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) this.#take(session, socket, line.trimEnd());
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      if (session.member === undefined) return;
      this.#members.delete(session.member.name);
      session.room?.members.delete(session.member);
    });
    socket.write(texts.loginPrompt);
  }

  #take(session: Session, socket: Socket, line: string): void {
    if (session.member === undefined) {
      session.member = { name: line, socket };
      this.#members.set(line, session.member);
      socket.write(`${texts.welcome(line)}\r\n${texts.helpHint}\r\n`);
    } else if (line.startsWith('/')) {
      this.#obey(session, session.member, line);
    } else {
      session.room?.say(session.member, `${texts.said(session.member.name, line)}\r\n`);
    }
  }

  #obey(session: Session, member: Member, line: string): void {
    const [command = '', argument = ''] = line.split(' ', 2);
    switch (command) {
      case '/create':
        this.#rooms.set(argument, this.#makeRoom());
        member.socket.write(`${texts.roomCreated(argument)}\r\n`);
        break;
      case '/join':
        session.room = this.#rooms.get(argument);
        session.room?.join(member, `${texts.joined(member.name, argument)}\r\n`);
        break;
      case '/whisper': {
        const text = line.slice(command.length + argument.length + 2);
        const to = this.#members.get(argument);
        to?.socket.write(`${texts.whispered(member.name, text)}\r\n`, 'latin1');
        break;
      }
      case '/quit':
        member.socket.end(`${texts.bye}\r\n`);
        break;
      default:
        member.socket.write(`${texts.unknownCommand}\r\n`);
    }
  }
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    // A burst of logins overflows Node's backlog of 511.
    server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => {
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/**
 * Starts the least that speaks the wire of the chat server: names, rooms, lines and whispers, with
 * no rules, no limits and no supervision. Listens on a free port of 127.0.0.1.
 */
export async function startBaseline(makeRoom: () => BaselineRoom): Promise<RunningBaseline> {
  const baseline = new Baseline(makeRoom);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    baseline.serve(socket);
  });
  const port = await listen(server);
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
