import { readFileSync } from 'node:fs'
import path from 'node:path'
import { addAsset } from '../screen/index.ts'

const read = (file: string) => readFileSync(path.join(import.meta.dirname, file), 'utf8')

addAsset('booth.css', read('booth.css'), 'text/css; charset=utf-8')
addAsset('booth.js', read('booth.js'), 'text/javascript; charset=utf-8')
