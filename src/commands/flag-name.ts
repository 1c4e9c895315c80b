/** The flag of an option. Pure. */

/** `bodyFile` is `--body-file`. */
export function flagOf(option: string): string {
  return `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
