namespace Dataverse.Sync.Http;

/// <summary>Keeps requests, and the tokens in them, on the configured scheme, host, and port.</summary>
internal sealed class OriginGuard
{
    // More than any server takes as an address.
    private const int MaxLinkLength = 64 * 1024;
    private const int MaxQuoted = 100;

    private readonly string connector;
    private readonly Uri baseAddress;
    private readonly bool rebasesLinks;
    private readonly Func<Uri, Uri?>? rebase;

    /// <summary>Makes a guard.</summary>
    /// <param name="connector">The name of the system for people.</param>
    /// <param name="baseAddress">The configured address.</param>
    /// <param name="rebasesLinks">Whether a link to the resource of the request under another host is followed at the
    /// configured one: a server behind a proxy names itself.</param>
    /// <param name="rebase">Where a link to another address is followed instead, or null if nowhere; null for links that
    /// are not rebased. The result is checked as any link.</param>
    /// <exception cref="ArgumentException">The base address is not acceptable; see <see cref="ProblemOf"/>.</exception>
    public OriginGuard(string connector, Uri baseAddress, bool rebasesLinks = false, Func<Uri, Uri?>? rebase = null)
    {
        if (ProblemOf(baseAddress) is { } problem)
        {
            throw new ArgumentException(problem, nameof(baseAddress));
        }

        this.connector = connector;
        this.baseAddress = baseAddress;
        this.rebasesLinks = rebasesLinks;
        this.rebase = rebase;
    }

    /// <summary>What is wrong with a base address, as a sentence; null when nothing is.</summary>
    public static string? ProblemOf(Uri? address) => address switch
    {
        null => "The base address is missing.",
        { IsAbsoluteUri: false } => "The base address must be absolute.",
        { UserInfo.Length: > 0 } => "The base address must not hold credentials.",
        { Query.Length: > 0 } or { Fragment.Length: > 0 } => "The base address must have neither a query nor a fragment.",
        { Scheme: "https" } => null,
        { Scheme: "http", IsLoopback: true } => null,
        _ => "The base address must use https; plain http is allowed to this machine only.",
    };

    /// <summary>Resolves a link that an answer holds.</summary>
    /// <exception cref="ConnectorException">The link is not an address or leads elsewhere.</exception>
    public Uri Resolve(Uri request, string link)
    {
        if (link.Length > MaxLinkLength || link.Any(char.IsControl) || !Uri.TryCreate(request, link, out var target))
        {
            throw new ConnectorException(
                connector,
                ConnectorFailure.MalformedAnswer,
                $"{connector}: the answer holds a link that is not an address.");
        }

        return rebasesLinks && IsSameResource(request, target)
            ? Require(new Uri(request, target.PathAndQuery))
            : Require(IsHttp(target) ? rebase?.Invoke(target) ?? target : target);
    }

    // The request and its token go to the configured host all the same.
    private static bool IsSameResource(Uri request, Uri target) =>
        IsHttp(target) && string.Equals(request.AbsolutePath, target.AbsolutePath, StringComparison.OrdinalIgnoreCase);

    private static bool IsHttp(Uri target) => target is { Scheme: "https" or "http", UserInfo.Length: 0 };

    /// <summary>Returns an address that is on the base address's origin.</summary>
    /// <exception cref="ConnectorException">It is not.</exception>
    public Uri Require(Uri address)
    {
        const UriComponents Origin = UriComponents.SchemeAndServer;
        var isSame = address.IsAbsoluteUri && address.UserInfo.Length == 0
            && Uri.Compare(address, baseAddress, Origin, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;
        return isSame ? address : throw new ConnectorException(
            connector,
            ConnectorFailure.MalformedAnswer,
            $"{connector}: a link leads to {Quote(address)} instead of {Quote(baseAddress)}; it was not followed.");

        static string Quote(Uri address)
        {
            var origin = address.IsAbsoluteUri
                ? address.GetComponents(Origin, UriFormat.UriEscaped)
                : "a relative address";
            return origin.Length <= MaxQuoted ? origin : origin[..MaxQuoted] + "…";
        }
    }
}
