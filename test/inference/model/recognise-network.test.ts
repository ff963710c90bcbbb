import { describe, expect, it } from 'vitest';
import { recogniseNetwork } from '../../../src/inference/model/recognise-network.ts';
import { networkFacts } from '../../../src/inference/network.ts';
import { tinyNetwork } from '../tiny-network.ts';

const published = await networkFacts(tinyNetwork('full'));

describe('recognising the outputs of a network', () => {
  it('goes by their names', async () => {
    const ours = await networkFacts(tinyNetwork('roi-28'));
    expect(recogniseNetwork(ours, {})).toEqual({
      input: 'image',
      fixedPx: null,
      outputs: { boxes: 'boxes', scores: 'scores', 'sem-scores': 'sem-scores', masks: 'masks' },
      confidenceBins: 6,
    });
  });

  it('goes by their shapes where a traced network names them by number', () => {
    expect(recogniseNetwork(published, {})).toMatchObject({
      input: 'input',
      outputs: { boxes: '6557', scores: '6560', 'sem-scores': '6571', masks: '6573' },
    });
  });

  it('knows the one size that a network takes', async () => {
    const fixed = await networkFacts(tinyNetwork('full-fixed'));
    expect(recogniseNetwork(fixed, {})).toMatchObject({ fixedPx: { width: 192, height: 120 } });
  });

  it('asks where two outputs may be meant, and takes the answer', () => {
    const twoScores = {
      ...published,
      outputs: [...published.outputs, { name: '9000', type: 'float32', shape: ['n'] }],
    };
    expect(recogniseNetwork(twoScores, {})).toEqual({
      faults: [
        expect.stringMatching(
          /^which output holds scores, float32 \[n\]\? It has 6557 float32 .*say it with --output scores=NAME/,
        ),
      ],
    });
    expect(recogniseNetwork(twoScores, { scores: '9000' })).toMatchObject({ outputs: { scores: '9000' } });
  });

  it('does not take another output for one that is named and not there', () => {
    expect(recogniseNetwork(published, { masks: 'maskz' })).toEqual({
      faults: [expect.stringMatching(/^has no output named maskz \(it has 6557/)],
    });
  });
});
