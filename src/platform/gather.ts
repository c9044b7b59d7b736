/**
 * Do together what arrives together. While one batch is being done, whatever comes waits; then all that waits is the next batch,
 * at most `most` items of it. Each caller hears of its own items when their batch is done, so what `work` has made durable is
 * durable when it is answered.
 *
 * `work` answers each item in its place, and does all or nothing when it throws. Then the callers of the batch are served one by
 * one, so that only the one whose items cannot be done hears the error.
 */
export function gathering<Item, Answer>(
  most: number,
  work: (items: readonly Item[]) => Promise<readonly Answer[]>,
): (items: readonly Item[]) => Promise<readonly Answer[]> {
  type Caller = {
    items: readonly Item[]
    done: (answers: readonly Answer[]) => void
    failed: (error: unknown) => void
  }
  const waiting: Caller[] = []
  let working = false

  function next(): Caller[] {
    const batch = waiting.splice(0, 1)
    let size = batch[0]!.items.length
    while (waiting[0] && size + waiting[0].items.length <= most) {
      size += waiting[0].items.length
      batch.push(waiting.shift()!)
    }
    return batch
  }

  async function serve(batch: readonly Caller[]): Promise<void> {
    try {
      const answers = await work(batch.flatMap(({ items }) => items))
      let from = 0
      for (const { items, done } of batch) {
        done(answers.slice(from, from + items.length))
        from += items.length
      }
    } catch (error) {
      if (batch.length === 1) batch[0]!.failed(error)
      else for (const caller of batch) await serve([caller])
    }
  }

  async function serveAll(): Promise<void> {
    working = true
    while (waiting.length > 0) await serve(next())
    working = false
  }

  return (items) =>
    new Promise((done, failed) => {
      waiting.push({ items, done, failed })
      if (!working) void serveAll()
    })
}
