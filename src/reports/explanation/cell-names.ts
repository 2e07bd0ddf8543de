/** Tells that a cell has no gates. */
export function noGates(cell: string): string {
  return cell === 'elman' ? 'The simple recurrent cell (elman) has no gates.' : `A cell of ${cell} has no gates.`;
}
