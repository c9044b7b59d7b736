const fromBase64 = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (c) => c.charCodeAt(0))

const instantiate = async <E>(bytes: Uint8Array<ArrayBuffer>): Promise<E> =>
  (await WebAssembly.instantiate(bytes)).instance.exports as E

/**
 * Starts a kernel, given as the base64 of its two modules. The one with fused multiplication is taken when the engine knows the
 * instruction and, as `isFused` finds, the processor rounds once; the plain one gives the same answers more slowly.
 */
export async function startModule<E>(
  modules: { readonly fused: string; readonly plain: string },
  isFused: (run: E) => boolean,
  which: 'best' | 'plain',
): Promise<{ run: E; fused: boolean }> {
  if (which === 'best') {
    const bytes = fromBase64(modules.fused)
    if (WebAssembly.validate(bytes)) {
      const run = await instantiate<E>(bytes)
      if (isFused(run)) return { run, fused: true }
    }
  }
  return { run: await instantiate<E>(fromBase64(modules.plain)), fused: false }
}
