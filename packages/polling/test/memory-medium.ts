import { type Medium, MediumLost } from '../src/media/medium.ts'

/** A medium in memory that keeps the promises of a real one, and can be pulled out. */
export function memoryMedium(name: string): Medium & { gone: boolean; files: Map<string, Uint8Array> } {
  const files = new Map<string, Uint8Array>()
  const guard = () => {
    if (medium.gone) throw new MediumLost(name, new Error('pulled'))
  }
  const medium = {
    name,
    files,
    gone: false,
    read(file: string) {
      guard()
      return files.get(file)
    },
    append(file: string, bytes: Uint8Array) {
      guard()
      files.set(file, Uint8Array.of(...(files.get(file) ?? []), ...bytes))
    },
    overwrite(file: string, offset: number, bytes: Uint8Array) {
      guard()
      files.get(file)!.set(bytes, offset)
    },
    replace(file: string, bytes: Uint8Array) {
      guard()
      files.set(file, Uint8Array.from(bytes))
    },
  }
  return medium
}
