import { install, runWithPinnedNode } from './install.mjs'

install()
runWithPinnedNode('tools/verify-log.ts', process.argv.slice(2))
