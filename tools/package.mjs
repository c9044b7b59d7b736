import { install, runWithPinnedNode } from './install.mjs'

install()
runWithPinnedNode('tools/package.ts', process.argv.slice(2))
