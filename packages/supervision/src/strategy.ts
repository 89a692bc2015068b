/** Which siblings share the fate of a child that ended (OTP's static strategies). */
export type Strategy = 'one_for_one' | 'one_for_all' | 'rest_for_one';

/** The ids, in start order, that are stopped and started again when `ended` is. */
export function affectedBy(
  strategy: Strategy,
  ended: string,
  idsInStartOrder: readonly string[],
): readonly string[] {
  switch (strategy) {
    case 'one_for_one':
      return [ended];
    case 'one_for_all':
      return idsInStartOrder;
    case 'rest_for_one':
      return idsInStartOrder.slice(idsInStartOrder.indexOf(ended));
  }
}
