/** Who a connection is, once it has a name. Replaced as a whole when a line has been handled. */
export interface User {
  readonly name: string;
  /** Whether the name is theirs, by a password. */
  readonly isRegistered?: boolean;
  /** Whether they may do on this server what room owners may in their rooms, and more. */
  readonly isOperator?: boolean;
  /** The room they are in, as shown. */
  readonly room?: string | undefined;
  /** Why they are away, if they are. */
  readonly away?: string | undefined;
  /** Names, as compared, of those whose words they do not want to see. */
  readonly ignored: ReadonlySet<string>;
  /** To whom their lines are whispered, if not said in the room. */
  readonly conversation?: string | undefined;
  /** Who whispered to them last. */
  readonly replyTo?: string | undefined;
}
