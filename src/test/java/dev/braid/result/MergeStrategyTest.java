package dev.braid.result;

import static dev.braid.result.Results.command;
import static dev.braid.result.Results.failed;
import static dev.braid.result.Results.json;
import static dev.braid.result.Results.model;
import static dev.braid.result.Results.reread;
import static dev.braid.result.SchemaAssert.assertValid;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.task.TaskType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergeStrategyTest {
  /** The section of results of one type, checked against its schema, without its time. */
  private static ObjectNode section(TaskResult... results) {
    Merged merged = Merger.merge(List.of(results), Map.of());
    assertThat(merged.warnings()).isEmpty();
    assertValid(
        merged.document(), "merged/" + MergeStrategy.defaultFor(results[0].type()).wireName());
    assertThat(merged.document().get("status").asText()).isEqualTo(merged.status().wireName());
    merged.document().remove("execution_time");
    return (ObjectNode) reread(merged.document());
  }

  private static TaskResult tests(String id, String fields) {
    return command(id, TaskType.TESTING, "", fields);
  }

  @Test
  void services_and_their_files_are_listed() {
    assertThat(
            section(
                model("t1", TaskType.SERVICE_CREATION, "{'service_name':'auth','files':['A','B']}"),
                model("t2", TaskType.SERVICE_CREATION, "{'service_name':'user'}")))
        .isEqualTo(
            json(
                "{'status':'success','created_services':['auth','user'],"
                    + "'created_files':['A','B'],'total_files':2,'errors':null}"));
  }

  @Test
  void a_service_that_failed_stands_in_errors() {
    assertThat(
            section(
                model("t1", TaskType.SERVICE_CREATION, "{'service_name':'auth','files':['A']}"),
                failed("t2", TaskType.SERVICE_CREATION, Failure.EXIT, "disk full")))
        .isEqualTo(
            json(
                "{'status':'partial','created_services':['auth'],'created_files':['A'],"
                    + "'total_files':1,'errors':[{'task_id':'t2','error':'disk full'}]}"));
  }

  @Test
  void test_figures_and_coverage_add_up() {
    assertThat(
            section(
                tests(
                    "t1",
                    "{'service_name':'auth','test_count':50,'passed':50,'failed':0,"
                        + "'coverage':{'lines_covered':80,'lines_total':100,'percent':80.0}}"),
                tests(
                    "t2",
                    "{'service_name':'user','test_count':97,'passed':97,'failed':0,"
                        + "'coverage':{'lines_covered':20,'lines_total':100}}")))
        .isEqualTo(
            json(
                "{'status':'success','total_tests':147,'passed':147,'failed':0,'skipped':0,"
                    + "'pass_rate':'100.0%',"
                    + "'coverage':{'lines_covered':100,'lines_total':200,'percent':50.0},"
                    + "'details':[{'service':'auth','tests':50,'passed':50,'failed':0},"
                    + "{'service':'user','tests':97,'passed':97,'failed':0}],'errors':null}"));
  }

  @Test
  void one_failing_test_fails_the_section_though_every_task_succeeded() {
    ObjectNode section =
        section(
            tests("t1", "{'test_count':3,'passed':2,'failed':1}"),
            tests("t2", "{'test_count':3,'passed':3,'failed':0}"));

    assertThat(section.get("status").asText()).isEqualTo("failed");
    assertThat(section.get("errors").isNull()).isTrue();
  }

  @Test
  void a_task_without_figures_is_not_a_success_of_no_tests() {
    ObjectNode section = section(tests("t1", "{}"), tests("t2", "{'test_count':1,'passed':1}"));

    assertThat(section.get("status").asText()).isEqualTo("partial");
    assertThat(section.get("errors"))
        .isEqualTo(json("[{'task_id':'t1','error':'no test figures'}]"));
    assertThat(section(tests("t1", "{}")).get("status").asText()).isEqualTo("failed");
  }

  @Test
  void tests_that_ran_before_the_task_was_ended_are_counted() {
    ObjectNode section =
        section(
            Results.result(
                "t1",
                TaskType.TESTING,
                null,
                Failure.TIMEOUT,
                "",
                null,
                "{'test_count':4,'passed':4,'failed':0}"),
            tests("t2", "{'test_count':1,'passed':1}"));

    assertThat(section.get("total_tests").asInt()).isEqualTo(5);
    assertThat(section.get("status").asText()).isEqualTo("partial");
  }

  @ParameterizedTest
  @CsvSource({
    "0,0,0%",
    "3,2,66.7%",
    "3,3,100.0%",
    "100000,99999,99.9%",
    "100000,1,0.1%",
    "8,0,0.0%"
  })
  void the_pass_rate_says_all_only_when_all_passed(long tests, long passed, String rate) {
    assertThat(new TestFigures(tests, passed, tests - passed, 0).passRate()).isEqualTo(rate);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'test_count':'5','passed':5,'failed':0} | test_count: not a count: 5",
        "{'test_count':-1,'passed':0,'failed':0}  | test_count: not a count: -1",
        "{'test_count':5,'passed':9,'failed':0}   | test figures contradict each other",
        "{'test_count':5,'passed':9}              | test figures contradict each other",
        "{'test_count':5}                         | no test figures",
        "{'test_count':1e99,'passed':1}           | test_count: not a count",
        "{'test_count':99999999999999,'passed':1} | test_count: not a count",
        "{'test_count':[1],'passed':1}            | test_count: not a count: ARRAY",
        "{'service_name':[],'test_count':1,'passed':1} | service_name: not text",
      })
  void hostile_figures_are_missing_figures(String fields, String error) {
    assertThat(section(tests("t1", fields)).at("/errors/0/error").asText()).startsWith(error);
  }

  @Test
  void coverage_that_makes_no_sense_is_left_out_with_a_warning() {
    Merged merged =
        Merger.merge(
            List.of(tests("t1", "{'test_count':1,'passed':1,'coverage':'80%'}")), Map.of());

    assertThat(merged.status()).isEqualTo(MergeStatus.SUCCESS);
    assertThat(merged.document().get("coverage").isNull()).isTrue();
    assertThat(merged.warnings()).singleElement().asString().startsWith("t1: left out, coverage");
  }

  @Test
  void a_build_needs_no_more_than_its_success() {
    assertThat(
            section(
                command("b1", TaskType.BUILD, "", "{'artifacts':['a.jar']}"),
                command("b2", TaskType.BUILD, "", "{'service_name':'user'}"),
                model("b3", TaskType.BUILD, "{'artifacts':'c.jar'}")))
        .isEqualTo(
            json(
                "{'status':'partial','built':['b1','user'],'artifacts':['a.jar'],'errors':"
                    + "[{'task_id':'b3','error':'artifacts: not a list: c.jar'}]}"));
  }

  @Test
  void endpoints_come_from_the_field_or_else_from_what_was_printed() {
    assertThat(
            section(
                model("d1", TaskType.DEPLOYMENT, "{'endpoints':['https://a.example']}"),
                command(
                    "d2",
                    TaskType.DEPLOYMENT,
                    "Live at https://b.example/health. (see <http://c.example:8080/>)",
                    "{'service_name':'user'}"),
                model("d3", TaskType.DEPLOYMENT, "{'endpoints':[],'verified':false}")))
        .isEqualTo(
            json(
                "{'status':'partial','deployed':['d1','user'],'endpoints':['https://a.example',"
                    + "'https://b.example/health','http://c.example:8080/'],"
                    + "'errors':[{'task_id':'d3','error':'deployed, but not verified'}]}"));
  }

  @Test
  void contents_stand_one_after_the_other_and_are_found_by_line() {
    assertThat(
            section(
                command("r1", TaskType.FILE_READ, "a: 1\nb: 2", "{'service_name':'auth.yml'}"),
                model(
                    "r2",
                    TaskType.FILE_READ,
                    "{'files':[{'path':'empty','content':''},{'path':'x.yml','content':'c\\n'}]}"),
                command("r3", TaskType.FILE_READ, "d\n", "{'file':'x.yml'}")))
        .isEqualTo(
            json(
                "{'status':'success','contents':'a: 1\\nb: 2\\nc\\nd\\n','index':{"
                    + "'auth.yml':[{'task_id':'r1','first_line':1,'lines':2}],"
                    + "'empty':[{'task_id':'r2','first_line':3,'lines':0}],"
                    + "'x.yml':[{'task_id':'r2','first_line':3,'lines':1},"
                    + "{'task_id':'r3','first_line':4,'lines':1}]},'errors':null}"));
  }

  @Test
  void contents_of_the_wrong_shape_are_an_error() {
    ObjectNode section = section(model("r1", TaskType.FILE_READ, "{'files':['x.yml']}"));

    assertThat(section.get("status").asText()).isEqualTo("failed");
    assertThat(section.at("/errors/0/error").asText()).contains("path and content");
  }

  @Test
  void files_found_twice_stand_once_and_the_most_found_first() {
    assertThat(
            section(
                command("s1", TaskType.SEARCH, "b.yml\n\n  a.yml  \n", "{'service_name':'auth'}"),
                model("s2", TaskType.SEARCH, "{'files':['b.yml',{'path':'c.yml','score':0.9}]}")))
        .isEqualTo(
            json(
                "{'status':'success','total_files_found':4,'unique_files':3,"
                    + "'duplicates_removed':1,"
                    + "'files_by_service':{'auth':['b.yml','a.yml'],'s2':['b.yml','c.yml']},"
                    + "'ranked':[{'file':'b.yml','hits':2,'score':0.0},"
                    + "{'file':'c.yml','hits':1,'score':0.9},"
                    + "{'file':'a.yml','hits':1,'score':0.0}],'errors':null}"));
  }

  @Test
  void the_prose_of_a_model_is_no_list_of_files() {
    ObjectNode section = section(model("s1", TaskType.SEARCH, "{}"));

    assertThat(section.get("unique_files").asInt()).isZero();
    assertThat(section.at("/errors/0/task_id").asText()).isEqualTo("s1");
  }

  @Test
  void commits_are_counted_from_the_field_or_else_from_what_git_printed() {
    String printed =
        """
        [main (root-commit) 3f2a9c1] Add the cart
         1 file changed, 2 insertions(+)
        [feature/x 8a1b2c3] Fix it
        [detached HEAD 0a1b2c3] Once more
        [info] 3f2a9c1 is not one
        """;
    assertThat(
            section(
                command("g1", TaskType.GIT_OPERATION, printed, "{'service_name':'auth'}"),
                model("g2", TaskType.GIT_OPERATION, "{'commits':2,'service_name':'auth'}"),
                model("g3", TaskType.GIT_OPERATION, "{'commits':['abc'],'pushed':false}")))
        .isEqualTo(
            json(
                "{'status':'success','pushed_repos':1,'total_commits':6,'repositories':["
                    + "{'repository':'auth','commits':5,'pushed':true},"
                    + "{'repository':'g3','commits':1,'pushed':false}],'errors':null}"));
  }

  @Test
  void a_simple_merge_keeps_whole_results_by_task() {
    ObjectNode section =
        section(
            command("a", TaskType.MIGRATION, "ok", "{'files':['x']}"),
            failed("b", TaskType.MIGRATION, Failure.DEPENDENCY, null));

    assertThat(section.get("task_count").asInt()).isEqualTo(2);
    assertThat(section.at("/results/a/files/0").asText()).isEqualTo("x");
    assertThat(section.at("/results/b/status").asText()).isEqualTo("skipped");
    assertThat(section.get("errors"))
        .isEqualTo(json("[{'task_id':'b','error':'skipped: dependency'}]"));
  }
}
