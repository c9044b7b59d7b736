import type { VerifyOptions } from '../verify/verify.ts'
import type { Request } from './command.ts'

/**
 * Who judges: the groups and judges that suit this machine, the hints and the threads that were asked for. Hints and
 * threads only make it quicker, so what is here is complete: the plain judge, in this thread.
 */
export const openJudges = async (
  _file: string,
  _request: Pick<Request, 'hints' | 'threads'>,
): Promise<Pick<VerifyOptions, 'openGroup' | 'openJudge'>> => ({})
