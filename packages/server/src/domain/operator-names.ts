/** Names that may be operators' accounts: what an account says counts. */
export interface OperatorNames {
  readonly names: readonly string[];
}
