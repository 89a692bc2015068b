/** How asking the registry for a name went. */
export type ClaimAnswer = 'claimed' | 'taken' | 'store-away';
