"""How Chinese, Japanese and Korean releases open: 新华社北京9月12日电, (東京 12日)."""

from __future__ import annotations

import re

FULL, SHORT = "\x01", "\x02"
"""What stands for a date, and for a day without its year, while the shape is matched."""

_HAN = r"[\u4e00-\u9fff]"
_ASIAN = r"[\u4e00-\u9fff\u30a0-\u30ff\uac00-\ud7af]"
_ASIAN_PLACE = rf"(?P<place>{_ASIAN}{{2,12}}?(?:[ ·]{_ASIAN}{{2,8}})?)"
_IDEOGRAPHIC = (
    # 新华社北京9月12日电, （中央社台北12日電）
    re.compile(
        rf"^\W{{0,2}}(?:{_HAN}{{1,3}}[社网網]|本[报報刊台])?(?P<place>{_HAN}{{2,6}}?)"
        r"(?:(?P<date>\x01)|\x02|(?:\d{1,2}月)?\d{1,2}日)(?:综合|綜合|专)?[电電讯訊]"
    ),
    # 【東京、2019年9月12日】, 北京，2019年9月12日 —
    re.compile(
        rf"^(?P<open>[【（(\[])?(?:中国(?={_ASIAN}{{2}}))?{_ASIAN_PLACE}"
        rf"\s*[，,、]?\s*(?:[–—―－-]\s*)?(?P<date>\x01)\s*(?(open)[】）)\]]|(?:--+|[–—―－/]|-\s))"
    ),
    # (東京 12日), [東京 12日 ロイター]
    re.compile(
        rf"^[(（\[【]{_ASIAN_PLACE}\s+(?:\d{{1,2}}月)?\d{{1,2}}日(?:\s[^)）\]】]{{1,12}})?[)）\]】]"
    ),
    # 【ワシントン共同】, 【東京＝...】, (서울=...)
    re.compile(rf"^[【(（\[]{_ASIAN_PLACE}(?:共同|時事|ロイター|[＝=][^)）\]】]{{2,12}})[】)）\]]"),
    re.compile(rf"^[【（(](?P<place>{_HAN}{{2,4}})[】）)]"),
)
_NOT_ASIAN_PLACES = re.compile(
    "^(?:記者|记者|重要|通知|公告|快讯|快訊|速報|独家|新闻|新聞|声明|聲明|要闻|訃報|訂正|注意|資料|写真"
    "|图片|动态|提示|视频|直播|更正|活动|預告|预告|公示|解读|解説|速递|参考|募集|開催|報告|発表|緊急|終了|更新)"
)


def asian_opening(masked: str) -> re.Match[str] | None:
    """Match a text that opens with a ``place``; its ``date``, where there is one, is masked."""
    for pattern in _IDEOGRAPHIC:
        match = pattern.match(masked)
        if match and not _NOT_ASIAN_PLACES.match(match["place"]):
            return match
    return None
