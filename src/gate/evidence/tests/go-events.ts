/** One line of what `go test -json` writes. https://pkg.go.dev/cmd/test2json and `go help buildjson` */
import { isRecord } from '../../../../core/record.ts';
import { stringOf } from '../json.ts';

export interface GoEvent {
  readonly action: string;
  /** Empty where test2json was not told it. */
  readonly package: string;
  /** Absent from what concerns the package as a whole. */
  readonly test: string | undefined;
  readonly output: string;
  /** Of events of the build. */
  readonly importPath: string | undefined;
  /** Of a package that has failed because this could not be built. */
  readonly failedBuild: string | undefined;
}

/**
 * The event, or `undefined` for a line that is none: what `go` itself says stands between them where both were written to one
 * file. `broken` is a line that began as an event.
 */
export function goEvent(line: string): GoEvent | 'broken' | undefined {
  if (!line.startsWith('{')) return undefined;
  const json = parsed(line);
  if (json === undefined) return /^\{"(?:Time|Action|ImportPath|Package)":/.test(line) ? 'broken' : undefined;
  const action = stringOf(json.Action);
  if (action === undefined) return undefined;
  return {
    action,
    package: stringOf(json.Package) ?? '',
    test: stringOf(json.Test),
    output: stringOf(json.Output) ?? '',
    importPath: stringOf(json.ImportPath),
    failedBuild: stringOf(json.FailedBuild),
  };
}

function parsed(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const json: unknown = JSON.parse(line);
    return isRecord(json) ? json : undefined;
  } catch {
    return undefined;
  }
}
