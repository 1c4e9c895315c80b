/** Lists as people give them: `none` alone clears. Pure. */
export function listed(given: readonly string[] | undefined): readonly string[] | undefined {
  return given?.length === 1 && given[0] === 'none' ? [] : given;
}
