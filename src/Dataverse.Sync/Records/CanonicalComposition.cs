using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Dataverse.Sync;

/// <summary>
/// Joins letters with the marks that follow them, for the scripts that names of people and places use: Latin, Greek,
/// Cyrillic, and kana.
/// </summary>
/// <remarks>A process in the invariant globalization mode cannot normalize a text by other means.</remarks>
internal static class CanonicalComposition
{
    // For each mark, the letters that it joins, and the letters that result, in the same order.
    private static readonly FrozenDictionary<char, (string Letters, string Joined)> ByMark =
        new Dictionary<char, (string Letters, string Joined)>
        {
            ['\u0300'] = (
                "AEIOUaeiouÜüNnЕИеиĒēŌōWwÂâĂăÊêÔôƠơƯưYyἀἁἈἉἐἑἘἙἠἡἨἩἰἱἸἹὀὁὈὉὐὑὙὠὡὨὩαεηιο"
                + "υωΑΕΗϊΙϋΥΟΩ",
                "ÀÈÌÒÙàèìòùǛǜǸǹЀЍѐѝḔḕṐṑẀẁẦầẰằỀềỒồỜờỪừỲỳἂἃἊἋἒἓἚἛἢἣἪἫἲἳἺἻὂὃὊὋὒὓὛὢὣὪὫὰὲὴὶὸ"
                + "ὺὼᾺῈῊῒῚῢῪῸῺ"),
            ['\u0301'] = (
                "AEIOUYaeiouyCcLlNnRrSsZzÜüGgÅåÆæØøΑΕΗΙΟΥΩϊαεηιϋουωϒГКгкÇçĒēÏïKkMmÕõŌōP"
                + "pŨũWwÂâĂăÊêÔôƠơƯưἀἁἈἉἐἑἘἙἠἡἨἩἰἱἸἹὀὁὈὉὐὑὙὠὡὨὩ",
                "ÁÉÍÓÚÝáéíóúýĆćĹĺŃńŔŕŚśŹźǗǘǴǵǺǻǼǽǾǿΆΈΉΊΌΎΏΐάέήίΰόύώϓЃЌѓќḈḉḖḗḮḯḰḱḾḿṌṍṒṓṔ"
                + "ṕṸṹẂẃẤấẮắẾếỐốỚớỨứἄἅἌἍἔἕἜἝἤἥἬἭἴἵἼἽὄὅὌὍὔὕὝὤὥὬὭ"),
            ['\u0302'] = ("AEIOUaeiouCcGgHhJjSsWwYyZzẠạẸẹỌọ", "ÂÊÎÔÛâêîôûĈĉĜĝĤĥĴĵŜŝŴŵŶŷẐẑẬậỆệỘộ"),
            ['\u0303'] = ("ANOanoIiUuVvÂâĂăEeÊêÔôƠơƯưYy", "ÃÑÕãñõĨĩŨũṼṽẪẫẴẵẼẽỄễỖỗỠỡỮữỸỹ"),
            ['\u0304'] = (
                "AaEeIiOoUuÜüÄäȦȧÆæǪǫÖöÕõȮȯYyИиУуGgḶḷṚṛαΑιΙυΥ",
                "ĀāĒēĪīŌōŪūǕǖǞǟǠǡǢǣǬǭȪȫȬȭȰȱȲȳӢӣӮӯḠḡḸḹṜṝᾱᾹῑῙῡῩ"),
            ['\u0306'] = ("AaEeGgIiOoUuУИиуЖжАаЕеȨȩẠạαΑιΙυΥ", "ĂăĔĕĞğĬĭŎŏŬŭЎЙйўӁӂӐӑӖӗḜḝẶặᾰᾸῐῘῠῨ"),
            ['\u0307'] = (
                "CcEeGgIZzAaOoBbDdFfHhMmNnPpRrSsŚśŠšṢṣTtWwXxYyſ",
                "ĊċĖėĠġİŻżȦȧȮȯḂḃḊḋḞḟḢḣṀṁṄṅṖṗṘṙṠṡṤṥṦṧṨṩṪṫẆẇẊẋẎẏẛ"),
            ['\u0308'] = (
                "AEIOUaeiouyYΙΥιυϒЕІеіАаӘәЖжЗзИиОоӨөЭэУуЧчЫыHhÕõŪūWwXxt",
                "ÄËÏÖÜäëïöüÿŸΪΫϊϋϔЁЇёїӒӓӚӛӜӝӞӟӤӥӦӧӪӫӬӭӰӱӴӵӸӹḦḧṎṏṺṻẄẅẌẍẗ"),
            ['\u0309'] = ("AaÂâĂăEeÊêIiOoÔôƠơUuƯưYy", "ẢảẨẩẲẳẺẻỂểỈỉỎỏỔổỞởỦủỬửỶỷ"),
            ['\u030A'] = ("AaUuwy", "ÅåŮůẘẙ"),
            ['\u030B'] = ("OoUuУу", "ŐőŰűӲӳ"),
            ['\u030C'] = ("CcDdEeLlNnRrSsTtZzAaIiOoUuÜüGgKkƷʒjHh", "ČčĎďĚěĽľŇňŘřŠšŤťŽžǍǎǏǐǑǒǓǔǙǚǦǧǨǩǮǯǰȞȟ"),
            ['\u030F'] = ("AaEeIiOoRrUuѴѵ", "ȀȁȄȅȈȉȌȍȐȑȔȕѶѷ"),
            ['\u0311'] = ("AaEeIiOoRrUu", "ȂȃȆȇȊȋȎȏȒȓȖȗ"),
            ['\u0313'] = ("αΑεΕηΗιΙοΟυωΩρ", "ἀἈἐἘἠἨἰἸὀὈὐὠὨῤ"),
            ['\u0314'] = ("αΑεΕηΗιΙοΟυΥωΩρΡ", "ἁἉἑἙἡἩἱἹὁὉὑὙὡὩῥῬ"),
            ['\u031B'] = ("OoUu", "ƠơƯư"),
            ['\u0323'] = ("BbDdHhKkLlMmNnRrSsTtVvWwZzAaEeIiOoƠơUuƯưYy", "ḄḅḌḍḤḥḲḳḶḷṂṃṆṇṚṛṢṣṬṭṾṿẈẉẒẓẠạẸẹỊịỌọỢợỤụỰựỴỵ"),
            ['\u0324'] = ("Uu", "Ṳṳ"),
            ['\u0325'] = ("Aa", "Ḁḁ"),
            ['\u0326'] = ("SsTt", "ȘșȚț"),
            ['\u0327'] = ("CcGgKkLlNnRrSsTtEeDdHh", "ÇçĢģĶķĻļŅņŖŗŞşŢţȨȩḐḑḨḩ"),
            ['\u0328'] = ("AaEeIiUuOo", "ĄąĘęĮįŲųǪǫ"),
            ['\u032D'] = ("DdEeLlNnTtUu", "ḒḓḘḙḼḽṊṋṰṱṶṷ"),
            ['\u032E'] = ("Hh", "Ḫḫ"),
            ['\u0330'] = ("EeIiUu", "ḚḛḬḭṴṵ"),
            ['\u0331'] = ("BbDdKkLlNnRrTtZzh", "ḆḇḎḏḴḵḺḻṈṉṞṟṮṯẔẕẖ"),
            ['\u0342'] = ("ἀἁἈἉἠἡἨἩἰἱἸἹὐὑὙὠὡὨὩαηιϊυϋω", "ἆἇἎἏἦἧἮἯἶἷἾἿὖὗὟὦὧὮὯᾶῆῖῗῦῧῶ"),
            ['\u0345'] = (
                "ἀἁἂἃἄἅἆἇἈἉἊἋἌἍἎἏἠἡἢἣἤἥἦἧἨἩἪἫἬἭἮἯὠὡὢὣὤὥὦὧὨὩὪὫὬὭὮὯὰαάᾶΑὴηήῆΗὼωώῶΩ",
                "ᾀᾁᾂᾃᾄᾅᾆᾇᾈᾉᾊᾋᾌᾍᾎᾏᾐᾑᾒᾓᾔᾕᾖᾗᾘᾙᾚᾛᾜᾝᾞᾟᾠᾡᾢᾣᾤᾥᾦᾧᾨᾩᾪᾫᾬᾭᾮᾯᾲᾳᾴᾷᾼῂῃῄῇῌῲῳῴῷῼ"),
            ['\u3099'] = (
                "かきくけこさしすせそたちつてとはひふへほうゝカキクケコサシスセソタチツテトハヒフヘホウワヰヱヲヽ",
                "がぎぐげござじずぜぞだぢづでどばびぶべぼゔゞガギグゲゴザジズゼゾダヂヅデドバビブベボヴヷヸヹヺヾ"),
            ['\u309A'] = ("はひふへほハヒフヘホ", "ぱぴぷぺぽパピプペポ"),
        }.ToFrozenDictionary();

    private static readonly SearchValues<char> Marks = SearchValues.Create([.. ByMark.Keys]);

    private static readonly FrozenDictionary<char, char> LetterOf = ByMark.Values
        .SelectMany(pairs => pairs.Joined.Zip(pairs.Letters))
        .ToFrozenDictionary(pair => pair.First, pair => pair.Second);

    /// <summary>Returns a text in which every letter and mark that have a joint form have it.</summary>
    public static string Compose(string text)
    {
        var start = text.AsSpan().IndexOfAny(Marks);
        if (start < 0)
        {
            return text;
        }

        var composed = new StringBuilder(text.Length).Append(text, 0, start);
        foreach (var character in text.AsSpan(start))
        {
            var place = composed.Length > 0 && ByMark.TryGetValue(character, out var pairs)
                ? pairs.Letters.IndexOf(composed[^1], StringComparison.Ordinal)
                : -1;
            if (place >= 0)
            {
                composed[^1] = ByMark[character].Joined[place];
            }
            else
            {
                _ = composed.Append(character);
            }
        }

        return composed.ToString();
    }

    /// <summary>Returns a text without the marks of its letters, such as "Cafe" for "Café".</summary>
    public static string WithoutMarks(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        var plain = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (CharUnicodeInfo.GetUnicodeCategory(character) != UnicodeCategory.NonSpacingMark)
            {
                _ = plain.Append(LetterWithoutMarks(character));
            }
        }

        return plain.ToString();
    }

    private static char LetterWithoutMarks(char letter)
    {
        while (LetterOf.TryGetValue(letter, out var plainer))
        {
            letter = plainer;
        }

        return letter;
    }
}
