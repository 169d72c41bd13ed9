// In the page itself, before its program, and in the words of 2009: a browser that is too old for the program, and a page that
// came without it, get a sentence in place of a blank window.
(function () {
  var root = document.documentElement;

  function say(zh, en, link) {
    root.setAttribute("data-stopped", "");
    var main = document.createElement("main");
    main.className = "stopped";
    // The style sheet may be what is missing.
    main.style.cssText = "max-width:36em;margin:20vh auto;padding:0 24px;font:16px/1.8 sans-serif";
    var words = [["zh-Hans", zh], ["en", en]];
    for (var i = 0; i < words.length; i++) {
      var p = document.createElement("p");
      p.lang = words[i][0];
      var parts = words[i][1].split("{}");
      p.appendChild(document.createTextNode(parts[0]));
      if (parts.length > 1) {
        var a = document.createElement("a");
        a.href = link;
        a.appendChild(document.createTextNode(link));
        p.appendChild(a);
        p.appendChild(document.createTextNode(parts[1]));
      }
      main.appendChild(p);
    }
    document.body.appendChild(main);
  }

  // Each is as old as the oldest browsers that are supported, or nearly.
  var able =
    "noModule" in document.createElement("script") &&
    typeof WebAssembly === "object" &&
    typeof DecompressionStream === "function" &&
    typeof structuredClone === "function" &&
    typeof HTMLDialogElement === "function" &&
    typeof Array.prototype.findLast === "function";
  if (!able) {
    say(
      "这个浏览器太旧，打不开纲目。请换用 Chrome 109、Edge 109、Firefox 115、Safari 16.4 或更新的版本。",
      "This browser is too old for gangmu. Please use Chrome 109, Edge 109, Firefox 115, Safari 16.4 or newer."
    );
    return;
  }
  // The page in one file has no scripts beside it.
  if (location.protocol === "file:" && document.querySelector("script[src]")) {
    say(
      "这一页要放在网站上才能用。从磁盘打开，请双击同一文件夹里的 {}，内容相同。",
      "This page works from a web host. From a disk, open {} in the same folder: it is the same in one file.",
      "gangmu.html"
    );
    return;
  }
  addEventListener("load", function () {
    if (document.querySelector(".app")) return;
    say("页面没有加载完整。请刷新再试。", "The page did not load completely. Please reload it.");
  });
})();
