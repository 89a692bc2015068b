/** What a server with TLS shows, and proves to be its own. Fine when it was read. */
export interface Certificate {
  /** PEM, with those that lead to one that clients trust. */
  readonly certificate: string;
  /** PEM. */
  readonly key: string;
}
