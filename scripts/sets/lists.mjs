// Which emoji are in which set. Looked at one by one: what breaks a family is left out.

/** Round yellow faces in one circle: none green, red or half blue, none melting or in pieces. */
export const faces = `
😀😃😄😁😆😅🤣😂🙂🙃😉😊😇🥰😍🤩😘😗☺😚😙🥲😋😛😜🤪😝🤑🤗🤭🫢🫣🤫🤔🫡🤐🤨😐😑😶😏😒🙄😬🤥
😌😔😪🤤😴😷🤒🤕🤧🥴😵🤠🥳🥸😎🤓🧐😕🫤😟🙁☹😮😯😲😳🥺🥹😦😧😥😢😭😖😣😞😓😩😫🥱😤😠
😮‍💨😵‍💫`;

/** Things and beings that are no people, without flags, hands, signs and letters. */
export const emoji = `
🐵🦍🦧🐶🐕🐺🦊🦝🐱🐈🦁🐯🐅🐆🐴🐎🦄🦓🦌🦬🐮🐄🐷🐗🐏🐑🐐🐫🦙🦒🐘🦣🦏🦛🐭🐁🐹🐰🐇🦫🦔🦇🐻🐨🐼🦥🦦🦨🦘
🦃🐔🐓🐤🐦🐧🕊🦅🦆🦢🦉🦤🦩🦚🦜🐸🐊🐢🦎🐍🐲🐉🦕🦖🐳🐬🐟🐠🐡🦈🐙🪸🐌🦋🐛🐜🐝🐞🕷🦂
💐🌸🪷🏵🌹🌺🌻🌼🌷🪻🌱🌲🌳🌴🌵🌾☘🍀🍄
🍇🍉🍊🍋🍌🍍🥭🍎🍏🍐🍑🍒🍓🍅🫐🥝🥥🥑🍆🥕🌽🌶🫑🥒🥦🧄🫛🍞🥐🥖🥨🥞🧇🧀🍖🍗🍔🍟🍕🌭🥪🌮🌯🧆🍳🫕🥗
🍙🍜🍝🍣🍤🍥🥟🥮🍡🦀🦞🦐🦑🍦🍩🍪🎂🍰🧁🍫🍬🍭🍯🥛☕🫖🍵🍶🍷🍸🍹🍺🧋🧊
🌍🌏🏔🌋🏕🏝🏞🏠🏡🏰⛩⛺🎠🎡
🚂🚅🚍🚑🚒🚕🚘🚙🛻🚚🚜🏎🏍🛵🚲🛹🛼⚓⛵🛟🛶🚢✈🛰🚁🚀🛸
⌚⏰🌑🌕🌙🌝☀🌞🪐⭐🌟☁🌤🌧🌪🌈☂⚡❄⛄☄🔥💧🌊
🎃🎄🧨🎈🎉🎁🏆🥇⚽⚾🥎🏀🏐🏈🎾🏸🥊⛳⛸🎣🎯🪁🎱🔮🪄🎮🎲🧩🧸🎨🧵🧶
👓👔👖🧣🧤👗👜🎒👟👠👢👑🎩💎🔔🎙🎧🎷🎸🎺🎻🥁📱☎💿📷🔍💡🏮📖📚📜✉📦✏📌📎✂🔒🔑🔨🛡🔧⚙⚖🧲🧬🧪🔬🔭🚪🪑🛋🧹🧺🧼🧯🗿
❤🧡💛💚💙💜👻🤖`;

/** An emoji, with its joiners and variation selectors: one as people count characters. */
export const split = (list) =>
  [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(list.replace(/\s/g, ''))].map(
    ({ segment }) => segment,
  );
