using System.Text.RegularExpressions;
using Dataverse.Sync.Http;

namespace Dataverse.Sync.BusinessCentral;

/// <summary>Reads the code and the text of an error, where its status does not say enough.</summary>
/// <remarks>
/// <para>A deadlock, a lock timeout, and an overload are answered with 400 or 409, like a permanent refusal. Only the text
/// tells them apart.</para>
/// <para>A text also quotes values, and the application's own messages ask people to try again. So values in quotation
/// marks are left out, and a loose phrase counts only where the code is not one of the application's.</para>
/// </remarks>
internal sealed partial class ErrorRules(IEnumerable<string> furtherTexts)
{
    // What only the platform says.
    private static readonly string[] PlatformTexts =
    [
        "deadlock",
        "locked by another user",
        "retry the activity",
        "we just updated this page",
    ];

    private static readonly string[] LooseTexts = ["try again", "try later", "retry later"];

    private static readonly string[] SchemaTexts =
    [
        "does not exist on type",
        "could not find a property named",
        "is not an option",
    ];

    private readonly string[] platformTexts = [.. PlatformTexts, .. furtherTexts];

    /// <summary>What the error means beyond its status.</summary>
    public ErrorMeaning MeaningOf(int status, ServiceError error)
    {
        if (status is < 400 or >= 600 || ErrorCodes.IsDecisive(error.Code))
        {
            return ErrorMeaning.None;
        }

        var text = WithoutQuotations(error.Message);
        if (ErrorCodes.ContradictsSchema(error.Code) || (status == 400 && ContainsAny(text, SchemaTexts)))
        {
            return ErrorMeaning.ContradictsSchema;
        }

        var isPassing = error.Code == ErrorCodes.TenantUnavailable
            || ContainsAny(text, platformTexts)
            || (!ErrorCodes.IsApplications(error.Code) && ContainsAny(text, LooseTexts));
        return isPassing && status is not (401 or 403 or 404) ? ErrorMeaning.Passing : ErrorMeaning.None;
    }

    private static bool ContainsAny(string text, string[] phrases) =>
        Array.Exists(phrases, phrase => text.Contains(phrase, StringComparison.OrdinalIgnoreCase));

    private static string WithoutQuotations(string? text) => text is null ? string.Empty : Quotations().Replace(text, " ");

    // An apostrophe inside a word, as in "couldn't", opens no quotation.
    [GeneratedRegex("""(?<!\w)'[^']*'(?!\w)|"[^"]*"|“[^”]*”|„[^“]*“|«[^»]*»""", RegexOptions.CultureInvariant)]
    private static partial Regex Quotations();
}
