/** The data could not be written, such as to a full disk; nothing of the change was kept. */
export class StorageError extends Error {
  constructor(path: string, cause: Error) {
    super(
      `database ${path}: cannot be written (${cause.message}); nothing was changed; check the free space and that the file is writable`,
      { cause },
    )
    this.name = 'StorageError'
  }
}
