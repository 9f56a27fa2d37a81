// Type-ahead (ARIA 1.2 combobox): <div data-combo data-url=…><input role="combobox"><ul role="listbox"></ul></div>.
// Names, full pinyin and initials match on the server. The field holds plain text, as a ledger's cell does; with data-multiple
// it is a list written with 、 and the part at the cursor is what is looked up.
(() => {
  "use strict";
  const BETWEEN = /[、，,；;\n]/;

  class Combo {
    constructor(root) {
      this.root = root;
      this.input = root.querySelector("[role=combobox]");
      this.list = root.querySelector("[role=listbox]");
      this.status = root.querySelector("[role=status]");
      this.multiple = root.hasAttribute("data-multiple");
      this.options = [];
      this.at = -1;
      this.asked = 0;
      this.timer = 0;
      this.input.addEventListener("input", (event) => {
        if (!event.isComposing) this.later();
      });
      this.input.addEventListener("compositionend", () => this.later());
      this.input.addEventListener("keydown", (event) => this.key(event));
      this.input.addEventListener("blur", () => this.close());
      this.list.addEventListener("mousedown", (event) => event.preventDefault());
      this.list.addEventListener("click", (event) => {
        const item = event.target.closest("[role=option]");
        if (item) this.take(this.options[Number(item.dataset.at)]);
      });
    }

    // The bounds of the part that is being written: the whole text, or what stands between two separators around the cursor.
    part() {
      const text = this.input.value;
      if (!this.multiple) return [0, text.length];
      const cursor = this.input.selectionStart ?? text.length;
      let from = cursor;
      let to = cursor;
      while (from > 0 && !BETWEEN.test(text[from - 1])) from -= 1;
      while (to < text.length && !BETWEEN.test(text[to])) to += 1;
      return [from, to];
    }

    later() {
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.ask(), 150);
    }

    async ask() {
      const words = this.input.value.slice(...this.part()).trim();
      const turn = (this.asked += 1);
      if (!words) {
        this.close();
        return;
      }
      const url = new URL(this.root.dataset.url, window.location.href);
      url.searchParams.set("q", words);
      let answer;
      try {
        const response = await fetch(url, { headers: { Accept: "application/json" } });
        if (!response.ok) throw new Error(String(response.status));
        answer = await response.json();
      } catch {
        if (turn === this.asked) this.say(this.root.dataset.fault);
        return;
      }
      if (turn === this.asked && document.activeElement === this.input) this.show(answer);
    }

    say(words) {
      this.close();
      this.status.textContent = words;
    }

    show(answer) {
      const shown = answer.results.length;
      if (!shown) {
        this.say(this.root.dataset.none);
        return;
      }
      this.options = answer.results;
      this.list.replaceChildren(...answer.results.map((option, index) => this.item(option, index)));
      this.status.textContent = answer.more ? this.root.dataset.more : "";
      this.list.hidden = false;
      this.input.setAttribute("aria-expanded", "true");
      this.move(0);
    }

    item(option, index) {
      const item = document.createElement("li");
      item.id = `${this.list.id}-${index}`;
      item.dataset.at = String(index);
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      const label = document.createElement("span");
      label.textContent = option.text;
      const note = document.createElement("small");
      note.textContent = option.note || "";
      item.append(label, note);
      return item;
    }

    close() {
      this.list.hidden = true;
      this.at = -1;
      this.input.setAttribute("aria-expanded", "false");
      this.input.removeAttribute("aria-activedescendant");
    }

    move(to) {
      const items = [...this.list.querySelectorAll("[role=option]")];
      if (!items.length) return;
      this.at = (to + items.length) % items.length;
      items.forEach((item, index) => item.setAttribute("aria-selected", String(index === this.at)));
      items[this.at].scrollIntoView({ block: "nearest" });
      this.input.setAttribute("aria-activedescendant", items[this.at].id);
    }

    key(event) {
      if (event.isComposing) return;
      const open = !this.list.hidden;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (open) this.move(this.at + (event.key === "ArrowDown" ? 1 : -1));
        else this.ask();
      } else if (event.key === "Enter" && open && this.at >= 0) {
        event.preventDefault();
        this.take(this.options[this.at]);
      } else if (event.key === "Escape" && open) {
        event.preventDefault();
        this.close();
      }
    }

    take(option) {
      const [from, to] = this.part();
      const text = this.input.value;
      const after = text.slice(to);
      const fresh = this.multiple && !after ? `${option.text}、` : option.text;
      this.input.value = text.slice(0, from) + fresh + after;
      const cursor = from + fresh.length;
      this.input.setSelectionRange(cursor, cursor);
      this.status.textContent = "";
      this.close();
      this.input.focus();
      this.input.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }

  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-combo]").forEach((root) => new Combo(root)));
})();
