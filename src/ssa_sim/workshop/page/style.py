"""How the page looks: sizes follow the screen's width, so that a projector shows the same page larger."""

STYLE = """
<style>
html{font-size:clamp(14px,1.25vw,30px)}
body{font-size:1rem;font-family:system-ui,"DejaVu Sans",sans-serif;color:#1a1a1a;background:#fff}
.nicegui-content{padding:.4rem .7rem;gap:.3rem}
.q-btn{font-size:.95rem;min-height:2.1rem;padding:.1rem .7rem;text-transform:none}
.q-btn__content{flex-wrap:nowrap;white-space:nowrap}
.q-tab{min-height:2.1rem;padding:0 .65rem}.q-tab__label{font-size:1rem}
.q-tab-panel{padding:.2rem 0}.q-tab-panels{background:transparent}
.q-item{min-height:2.2rem;padding:.2rem .6rem}.q-field__label,.q-field__native,.q-field__input{font-size:.95rem;color:#1a1a1a}
.q-field--dense .q-field__control{height:auto;min-height:2.5rem}
.q-field--dense.q-field--labeled .q-field__control-container{padding-top:.95rem}
.q-field--dense .q-field__label{top:.55rem}.q-field--dense.q-field--float .q-field__label{top:.3rem;transform:none;font-size:.75rem}
.q-uploader__title,.q-uploader__subtitle{font-size:.95rem;line-height:1.3}.q-uploader__header{background:#1442CC}
.q-checkbox__label,.q-toggle__label,.q-radio__label{font-size:.95rem}
.q-tooltip{background:#222!important;color:#fff;font-size:.95rem}
.q-notification{font-size:1.1rem}
.drawing{width:100%;height:auto;display:block;max-height:calc(100vh - 14.4rem)}
.month{font-size:1.6rem;font-weight:700;white-space:nowrap}
.with-heading .drawing{max-height:calc(100vh - 20rem)}
.quiet{color:#4d4d4d;font-size:.85rem;line-height:1.25}
.heading{font-weight:700;font-size:1.05rem}
.tiles{display:grid;grid-template-columns:repeat(4,minmax(0,1fr));gap:.6rem;width:100%}
.tile{border:1px solid #bbb;border-radius:.4rem;padding:.15rem .6rem}
.tile.strong{border:2px solid #1a1a1a}
.tile .name{font-weight:700;font-size:.86rem;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}.tile .note{color:#4d4d4d;font-size:.72rem;font-weight:400}
.tile .pair{display:flex;gap:1rem;align-items:baseline;white-space:nowrap}
.tile .big{font-size:1.45rem;font-weight:700;line-height:1.15}
.tile .pair>span{display:inline-flex;flex-direction:column;line-height:1.1}
.tile .without{color:#1a1a1a}.tile .room{color:#1442CC}.tile small{font-size:.8rem;font-weight:400;color:#4d4d4d}
.side .q-tab{padding:0 .22rem;min-width:0}.side .q-tab__label{font-size:.88rem}
.side{width:21rem;flex:none;max-height:calc(100vh - 7.2rem);overflow-y:auto;border-right:1px solid #ccc;padding-right:.5rem}
.main{flex:1 1 0;min-width:0}
.sliding{position:relative}
.dragged{position:absolute;bottom:1.7rem;transform:translateX(-50%);background:#222;color:#fff;font-size:1.1rem;white-space:nowrap}
.dragged{padding:.1rem .5rem;border-radius:.3rem;pointer-events:none;z-index:10}.dragged:empty{display:none}
.question{font-size:1.35rem;font-weight:700;line-height:1.25;margin:.2rem 0}
.look{font-size:1rem;line-height:1.3}
.played{font-size:1rem;line-height:1.3;font-weight:700;color:#1442CC}
.found{margin:0;padding-left:1.1rem;list-style:disc;font-size:.95rem;line-height:1.3}
.wrapped .q-btn__content{white-space:normal;text-align:left}
.words{font-size:1.15rem;line-height:1.4}
.lever{border-bottom:1px solid #e2e2e2;padding:.35rem 0;width:100%}
.log-row{border-bottom:1px solid #eee;width:100%;font-size:.9rem}
.ahead{color:#4d4d4d;font-style:italic}
.over{color:#B02810;font-weight:700}
.q-notification .q-btn{color:#fff!important}
h3{font-size:1.1rem;font-weight:700;line-height:1.4}
.vote-table td.number{white-space:nowrap}
.vote-table td,.vote-table th{padding:.15rem .8rem .15rem 0;text-align:left;font-size:1rem;border-bottom:1px solid #ddd}
.vote-table td.number{text-align:right}
#popup{max-width:min(46rem,90vw);font-size:1.15rem;line-height:1.35}
#app[inert]{opacity:.4}
@layer theme{:focus-visible{outline:3px solid #1A1A1A!important;outline-offset:2px}}
</style>
"""
