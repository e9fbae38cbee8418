using Dataverse.Sync.Http;

namespace Dataverse.Sync.Http.Tests;

public sealed class OriginGuardTests
{
    private static readonly Uri Request = new("https://erp.example/api/v2.0/customers");

    [Theory]
    [InlineData("https://erp.example/api/v2.0", true)]
    [InlineData("http://localhost:7048/api/v2.0", true)]
    [InlineData("http://127.0.0.1:5000/api/v2.0", true)]
    [InlineData("http://erp.example/api/v2.0", false)]
    [InlineData("ftp://erp.example/api/v2.0", false)]
    [InlineData("https://user:word@erp.example/api/v2.0", false)]
    [InlineData("https://erp.example/api/v2.0?tenant=a", false)]
    [InlineData("/api/v2.0", false)]
    public void ProblemOf_allows_https_and_this_machine(string address, bool isAllowed) =>
        (OriginGuard.ProblemOf(new Uri(address, UriKind.RelativeOrAbsolute)) is null).Should().Be(isAllowed);

    [Theory]
    [InlineData("https://erp.example/x?$skiptoken=a%27b", "https://erp.example/x?$skiptoken=a%27b")]
    [InlineData("https://ERP.example:443/x", "https://erp.example/x")]
    [InlineData("customers?$skiptoken=5", "https://erp.example/api/v2.0/customers?$skiptoken=5")]
    public void Resolve_follows_links_on_the_same_origin(string link, string expected) =>
        new OriginGuard("Business Central", Request).Resolve(Request, link).AbsoluteUri.Should().Be(expected);

    [Theory]
    [InlineData("https://erp.example.evil.example/x")]
    [InlineData("//evil.example/x")]
    [InlineData("http://erp.example/x")]
    [InlineData("https://erp.example@evil.example/x")]
    [InlineData("javascript:alert(1)")]
    [InlineData("https://")]
    public void Resolve_refuses_every_other_link(string link)
    {
        var resolve = () => new OriginGuard("Business Central", Request).Resolve(Request, link);

        resolve.Should().Throw<ConnectorException>().Which.Failure.Should().Be(ConnectorFailure.MalformedAnswer);
    }

    [Theory]
    [InlineData("http://bc-inner:7048/api/v2.0/customers?$skiptoken=a%27b", "https://erp.example/api/v2.0/customers?$skiptoken=a%27b")]
    [InlineData("https://BC-INNER/API/v2.0/customers?aid=FIFO", "https://erp.example/API/v2.0/customers?aid=FIFO")]
    [InlineData("https://erp.example/x", "https://erp.example/x")]
    public void Resolve_rebases_links_to_the_same_resource_where_the_service_may_stand_behind_a_proxy(string link, string expected) =>
        new OriginGuard("Business Central", Request, rebasesLinks: true).Resolve(Request, link).AbsoluteUri.Should().Be(expected);

    [Theory]
    [InlineData("http://bc-inner:7048/api/v2.0/vendors")]
    [InlineData("http://user:word@bc-inner/api/v2.0/customers")]
    [InlineData("ftp://bc-inner/api/v2.0/customers")]
    public void Resolve_rebases_no_other_link(string link)
    {
        var resolve = () => new OriginGuard("Business Central", Request, rebasesLinks: true).Resolve(Request, link);

        resolve.Should().Throw<ConnectorException>().Which.Message.Should().Contain("not followed");
    }

    [Fact]
    public void Resolve_refuses_a_link_that_no_service_could_have_made()
    {
        var resolve = () => new OriginGuard("Business Central", Request).Resolve(Request, "customers?$skiptoken=" + new string('a', 70_000));

        resolve.Should().Throw<ConnectorException>().Which.Message.Length.Should().BeLessThan(200);
    }

    [Theory]
    [InlineData("https://{0}.example/x")]
    [InlineData("{0}://erp.example/x")]
    [InlineData("https://user:{0}@evil.example/x")]
    public void Resolve_quotes_no_more_of_a_foreign_link_than_its_beginning(string link)
    {
        var resolve = () => new OriginGuard("Business Central", Request).Resolve(Request, string.Format(null, link, new string('a', 5_000)));

        resolve.Should().Throw<ConnectorException>().Which.Message.Length.Should().BeLessThan(400);
    }
}
