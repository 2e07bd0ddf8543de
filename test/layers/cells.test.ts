import { describe, expect, test } from 'vitest';
import { CELLS } from '../../src/layers/cells.js';

describe.each(Object.entries(CELLS))('the cell %s', (_, cell) => {
  const gates = cell.gates.map(({ name }) => name);

  test('names each of its gates once', () => {
    expect(new Set(gates).size).toBe(gates.length);
  });

  test('has recurrent matrices that lead to each gate once, in the order of the gates, or none', () => {
    const reached = cell.matrices.flatMap((matrix) => matrix.gates);
    expect(reached).toEqual(cell.onnx ? gates : []);
  });

  test('has biases of gates that it has', () => {
    expect(gates).toEqual(expect.arrayContaining(cell.biases.flatMap((bias) => bias.gates)));
  });

  test('gives ONNX all its gates', () => {
    if (cell.onnx) expect([...cell.onnx.gates].sort()).toEqual([...gates].sort());
    else expect(cell.matrices).toHaveLength(0);
  });
});
