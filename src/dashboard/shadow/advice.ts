import { counted } from '../../statistics/numeric/figure-digits.ts';
import type { ShadowModel } from '../../store/shadows.ts';
import type { ShadowComparison, ShadowOverview } from '../api/shadow.ts';

/** Fewer tiles, or pieces, say little of a model, however it does on them. */
const TILES_LEAST = 20;
const PIECES_LEAST = 200;

/** What to do next: name a model, wait, or switch. */
export function adviceOf(
  configured: ShadowOverview['configured'],
  found: { readonly model: ShadowModel; readonly comparison: ShadowComparison } | null,
): ShadowOverview['advice'] {
  if (found === null) return configured === null ? noShadow : nothingYet(configured.model);
  const { name } = found.model;
  const { tiles, pieces } = found.comparison;
  const seen = pieces.matched + pieces.onlyServing + pieces.onlyShadow;
  const soFar = `${counted(tiles.compared, 'tile')} with ${counted(seen, 'piece')}`;
  const short =
    tiles.compared < TILES_LEAST || seen < PIECES_LEAST
      ? `Only ${soFar} are compared: wait for ${TILES_LEAST} tiles and ${PIECES_LEAST} pieces of the powders that matter before you switch. `
      : `${soFar} are compared. `;
  return {
    text:
      `${short}Look at the tiles where they differ. A figure whose interval leaves out 0 would move, so that samples before and after ` +
      `the switch cannot be compared in it. To switch, set models.shadow.model to null, put ${name} into service, and start the daemon again; ` +
      'the model that it replaces is set aside and can be put back. Earlier samples keep their figures until they are asked for anew ' +
      '(the command reanalyse).',
    commands: ['models.shadow.model: null', `particled models serve ${name}`, 'systemctl restart particled'],
  };
}

const noShadow: ShadowOverview['advice'] = {
  text:
    'No shadow model is configured, and none has segmented a tile. Take one in beside those that serve, name it in the configuration, and ' +
    'start the daemon again: it then segments a share of the tiles too, whenever no live tile is under way, and nothing is published of it.',
  commands: ['particled models add model.onnx --name NAME --shadow', 'models.shadow.model: NAME'],
};

function nothingYet(name: string): ShadowOverview['advice'] {
  return {
    text: `${name} has segmented no tile yet. It comes after the serving model, with a share of the new tiles, while no tile waits.`,
    commands: [],
  };
}
