/** What was killed last, to be yanked: a kill ring of one. Kills in a row make one text. */
export class KillRing {
  text = '';
  private isOpen = false;

  add(killed: string, from: 'left' | 'right'): void {
    if (killed === '') return;
    if (!this.isOpen) this.text = killed;
    else this.text = from === 'left' ? killed + this.text : this.text + killed;
    this.isOpen = true;
  }

  /** The next kill begins anew, since something else happened. */
  separate(): void {
    this.isOpen = false;
  }
}
