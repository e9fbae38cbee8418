namespace Dataverse.Sync.Configuration;

/// <summary>Names the key of a required setting in place of its property.</summary>
internal static class RequiredKey
{
    private const string Before = "The ";
    private const string After = " field is required.";

    /// <summary>Describes a failure of the generated validator.</summary>
    /// <param name="section">The key of the section, which the validator was given as its name.</param>
    /// <param name="failure">
    /// The failure, such as <c>Company: The Sync.BusinessCentral.Company field is required.</c>
    /// </param>
    public static string Describe(string section, string failure)
    {
        var start = failure.IndexOf(Before + section, StringComparison.Ordinal);
        return start >= 0 && failure.EndsWith(After, StringComparison.Ordinal)
            ? $"{section}{failure[(start + Before.Length + section.Length)..^After.Length].Replace('.', ':')} is missing."
            : $"{section}: {failure}";
    }
}
