import { PolicyFolder } from './policy-folder';
import { noPolicySource, type PolicySource } from './policy-source';

const linuxFolder = '/etc/holdfast/policies';

/** Windows' registry and macOS' managed preferences are not read yet. */
export function policySourceHere(platform: NodeJS.Platform): PolicySource {
  return platform === 'linux' ? new PolicyFolder(linuxFolder) : noPolicySource;
}
