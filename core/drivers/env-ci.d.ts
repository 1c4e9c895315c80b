/** What is used of the package, which has no types of its own. https://github.com/semantic-release/env-ci */
declare module 'env-ci' {
  interface FoundCi {
    readonly isCi: boolean;
    /** What the service is called by people, and in the package; absent where it is not known. */
    readonly name?: string;
    readonly service?: string;
    readonly commit?: string;
    /** Of a pull request the branch that it goes to. */
    readonly branch?: string;
    readonly tag?: string;
    readonly pr?: string;
    readonly isPr?: boolean;
    readonly prBranch?: string;
    readonly slug?: string;
  }
  export default function envCi(options: { env: Readonly<Record<string, string | undefined>>; cwd: string }): FoundCi;
}
