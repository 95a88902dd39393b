import { inScope } from '../../shared/db/scope.ts';
import type { Db } from '../../shared/db/tables.ts';
import { canonicalText } from '../../shared/kernel/canonical.ts';
import { toHex } from '../../shared/kernel/ids.ts';
import type { Digest } from '../../shared/ports/digest.ts';
import { publicKeyOf } from '../adapters/device-keys.ts';
import type { ServerKeys } from '../adapters/server-keys.ts';
import { settleFact } from '../stores/server-facts.ts';

/**
 * Books that several processes serve have one set of keys: with others a process would refuse the tokens of its fellows, sign as another
 * device and find no colleges. The first process that starts over the books settles which they are (only what can be known by all: the
 * public key, and a hash of the key of tokens). @throws Error that tells the operator what to do
 */
export async function holdToKeysOfBooks(db: Db, keys: ServerKeys, digest: Digest, keysFile: string): Promise<void> {
  const own = canonicalText({
    deviceId: keys.deviceId,
    publicKey: publicKeyOf(keys.deviceKey),
    tokenKey: toHex(digest.sha256(keys.tokenKey)),
  });
  const settled = await inScope(db, [], (tx) => settleFact(tx, 'keys', own));
  if (settled === own) return;
  throw new Error(
    `The keys in ${keysFile} are not those of this database. All server processes over one database have the same keys: ` +
      'copy the file from the process that was there first and name it with MUNIM_SERVER_KEYS.',
  );
}
