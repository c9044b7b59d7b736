import type { Queue, Stage } from '../net/index.ts'

/** What a desk knows of the station and of the other desks. Everything answers at once but `exchange`. */
export interface Neighbours {
  /** As the station said last; a desk that is cut off goes on with it. */
  stage(): Stage
  /** The closed queue, as the station said last. */
  queue(): Queue | undefined
  /** Key of an admitted device, stopped ones too: what they wrote before is still theirs. */
  keyOf(device: string): string | undefined
  devices(): readonly string[]
  /** Number of the desk that decides for a share; undefined when it was stopped and no spare has taken its place. */
  ownerOf(share: number): number | undefined
  /** Whether this desk answered lately. */
  reached(desk: number): boolean
  /**
   * Gives this desk all lines it lacks and takes all it has, in this order. True only when both are done: then it knows every
   * line that was here before, and every line that it had when it answered is here.
   */
  exchange(desk: number): Promise<boolean>
  /** There are new lines here. */
  changed(): void
}
