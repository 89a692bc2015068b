/** Up to where the letters of other nodes have been read; it outlives the actor that reads them. */
export interface Inbox {
  readUpTo: number;
}
