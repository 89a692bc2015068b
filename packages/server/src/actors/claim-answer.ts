import type { Claimed } from '../store/store';

/** How asking the registry for a name went. */
export type ClaimAnswer = Claimed | 'store-away';
