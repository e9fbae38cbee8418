using System.Diagnostics.CodeAnalysis;

namespace Dataverse.Sync;

/// <summary>Creates transformation rules.</summary>
/// <remarks>The rules that the library provides are records, and may be created with <c>new</c> as well.</remarks>
public static class TransformationRules
{
    /// <summary>Writes a text in capital letters.</summary>
    public static ITransformationRule Uppercase { get; } = new UppercaseRule();

    /// <summary>Writes a text in small letters.</summary>
    public static ITransformationRule Lowercase { get; } = new LowercaseRule();

    /// <summary>Writes each word of a text with a capital first letter.</summary>
    public static ITransformationRule TitleCase { get; } = new TitleCaseRule();

    /// <summary>Removes white space from both ends of a text.</summary>
    public static ITransformationRule Trim { get; } = new TrimRule();

    /// <summary>Keeps only the letters and digits of a text.</summary>
    public static ITransformationRule RemoveNonAlphanumeric { get; } = new RemoveNonAlphanumericRule();

    /// <summary>Turns an instant into the seconds since 1970, and such a number into an instant.</summary>
    public static ITransformationRule UnixTimestamp { get; } = new UnixTimestampRule();

    /// <summary>Creates a rule that takes a part of a text by position.</summary>
    /// <param name="startPosition">The position of the first character, counted from 1.</param>
    /// <param name="length">The number of UTF-16 code units, or null for the rest of the text.</param>
    /// <returns>The rule.</returns>
    public static ITransformationRule Substring(int startPosition, int? length = null) =>
        new SubstringRule { StartPosition = startPosition, Length = length };

    /// <summary>Creates a rule that takes the part of a text between two others.</summary>
    /// <param name="startingText">The text after which the part begins, or null for the beginning.</param>
    /// <param name="endingText">The text before which the part ends, or null for the end.</param>
    /// <returns>The rule.</returns>
    public static ITransformationRule Between(string? startingText, string? endingText) =>
        new SubstringRule { StartingText = startingText, EndingText = endingText };

    /// <summary>Creates a rule that replaces every occurrence of a text.</summary>
    /// <param name="find">The text to replace. Letter case matters.</param>
    /// <param name="replacement">The text to put in its place.</param>
    /// <returns>The rule.</returns>
    public static ITransformationRule Replace(string find, string replacement) =>
        new ReplaceRule { Find = find, Replacement = replacement };

    /// <summary>Creates a rule that replaces every match of a regular expression.</summary>
    /// <param name="pattern">The regular expression. Letter case does not matter.</param>
    /// <param name="replacement">The text to put in place of a match.</param>
    /// <returns>The rule.</returns>
    public static ITransformationRule RegexReplace(
        [StringSyntax(StringSyntaxAttribute.Regex)] string pattern, string replacement) =>
        new RegexReplaceRule { Pattern = pattern, Replacement = replacement };

    /// <summary>Creates a rule that takes the groups, or the first match, of a regular expression.</summary>
    /// <param name="pattern">The regular expression. Letter case does not matter.</param>
    /// <returns>The rule.</returns>
    public static ITransformationRule RegexMatch([StringSyntax(StringSyntaxAttribute.Regex)] string pattern) =>
        new RegexMatchRule { Pattern = pattern };

    /// <summary>Creates a rule that reads and writes dates as texts.</summary>
    /// <param name="format">The format of .NET, or null for the usual ones of the culture.</param>
    /// <param name="culture">The name of the culture; empty for the invariant one.</param>
    /// <returns>The rule.</returns>
    public static ITransformationRule DateFormatting(string? format, string culture = "") =>
        new DateFormattingRule { Format = format, Culture = culture };

    /// <summary>Creates a rule that reads and writes instants as texts.</summary>
    /// <param name="format">The format of .NET, or null for the usual ones of the culture.</param>
    /// <param name="culture">The name of the culture; empty for the invariant one.</param>
    /// <returns>The rule.</returns>
    public static ITransformationRule DateTimeFormatting(string? format, string culture = "") =>
        new DateTimeFormattingRule { Format = format, Culture = culture };

    /// <summary>Creates a rule that reads and writes numbers as texts.</summary>
    /// <param name="culture">The name of the culture; empty for the invariant one.</param>
    /// <param name="format">The format of .NET in which numbers are written, or null for all their digits.</param>
    /// <returns>The rule.</returns>
    public static ITransformationRule DecimalFormatting(string culture, string? format = null) =>
        new DecimalFormattingRule { Format = format, Culture = culture };

    /// <summary>Creates a rule that rounds a number to a multiple of a precision.</summary>
    /// <param name="precision">The precision, such as 0.05.</param>
    /// <param name="direction">The direction in which the number is rounded.</param>
    /// <returns>The rule.</returns>
    public static ITransformationRule Round(decimal precision, RoundingDirection direction = RoundingDirection.Nearest) =>
        new RoundRule { Precision = precision, Direction = direction };

    /// <summary>Creates a rule that takes the day, the month, or the year from a date.</summary>
    /// <param name="part">What is taken from the date.</param>
    /// <returns>The rule.</returns>
    public static ITransformationRule ExtractFromDate(DatePart part) => new ExtractFromDateRule { Part = part };

    /// <summary>Creates an own rule from a function.</summary>
    /// <param name="name">The name by which configuration and messages refer to the rule.</param>
    /// <param name="apply">
    /// The function. It must be pure, deterministic, and safe for concurrent use, and is called with blanks as well. A
    /// <see cref="FormatException"/> fails the record.
    /// </param>
    /// <param name="loss">What the function loses.</param>
    /// <param name="inverse">The rule that leads back, or null if there is none.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null, empty, or white space.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="apply"/> is null.</exception>
    public static ITransformationRule Custom(
        string name,
        Func<FieldValue, FieldValue> apply,
        TransformationLoss loss = TransformationLoss.Content,
        ITransformationRule? inverse = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(apply);
        return new CustomRule(name, apply, loss, inverse);
    }
}
