import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { callingCodesFile } from './phone/callingCodes';

/** Where the table is kept. */
const file = join(__dirname, '../nodes/shared/input/values/callingCodes.ts');

writeFileSync(file, callingCodesFile());
