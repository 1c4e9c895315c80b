/**
 * The client's types of GitLab's answers. They promise a value where GitLab sends `null` or nothing, and take any name for a
 * field: `Part` is what PACE cannot do without, and looked at when it comes; `Maybe` is the rest of what is read.
 */
type Known<Schema> = { [Key in keyof Schema as string extends Key ? never : Key]: Schema[Key] };

export type Part<Schema, Key extends keyof Known<Schema>> = Readonly<Pick<Known<Schema>, Key>>;

export type Maybe<Schema, Key extends keyof Known<Schema>> = { readonly [Name in Key]?: Known<Schema>[Name] | null };
